# Draft audio: what a caller hears until people have recorded the prompts, spoken by espeak-ng and marked as draft.

# draft_audio PROGRAM: for every program below flows/, into build/audio; speaks only what is not there yet.
draft_audio() {
    local binary=$1 folder ok=0
    for folder in "$RIGHTSLINE_ROOT"/flows/*/; do
        [ -f "$folder/program.yaml" ] || continue
        folder=${folder%/}
        say "${folder##*/}:"
        (cd "$RIGHTSLINE_ROOT" && "$binary" prompts draft --program "flows/${folder##*/}" --out build/audio >&2) || ok=1
    done
    return "$ok"
}
