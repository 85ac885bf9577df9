# Draft audio: what a caller hears until people have recorded the prompts, spoken by espeak-ng and marked as draft.

# draft_audio BINARY [PROGRAM…]: for these, or every program below flows/, into build/audio; speaks only what is not there yet.
draft_audio() {
    local binary=$1 program ok=0
    shift
    # shellcheck disable=SC2046  # names, one word each
    [ "$#" -gt 0 ] || set -- $(cd "$RIGHTSLINE_ROOT/flows" && dirname -- */program.yaml)
    for program in "$@"; do
        say "$program:"
        (cd "$RIGHTSLINE_ROOT" && "$binary" prompts draft --program "flows/$program" --out build/audio >&2) || ok=1
    done
    return "$ok"
}

# programs_of ARGUMENT…: those that a demo with these arguments plays.
programs_of() {
    local found="" next=""
    for argument in "$@"; do
        case $argument in
        --program=*) found="$found ${argument#--program=}" ;;
        *) [ "$next" != --program ] || found="$found $argument" ;;
        esac
        next=$argument
    done
    echo "${found:-fair-food}"
}
