// A sound as the server takes it: a WAV of one channel, 8,000 samples a second, 16 bits.
//
// Whatever the browser can play is brought down to it here, so that a telephone's worth of bytes is sent and no more. What
// is silent or too long is said before it is sent; whether it is too loud or too quiet the server measures.

export const phone_rate = 8000;
export const longest_seconds = 60;
const heard = 0.001; // -60 dBFS, as the server counts silence
const head_bytes = 44;

/// Why a sound cannot be sent; a key of the catalogue.
export type Unfit = 'sound_unreadable' | 'sound_silent' | 'sound_long';

export class UnfitSound extends Error {
  constructor(readonly why: Unfit) {
    super(why);
    this.name = 'UnfitSound';
  }
}

function put_text(view: DataView, at: number, text: string): void {
  for (let i = 0; i < text.length; ++i) {
    view.setUint8(at + i, text.charCodeAt(i));
  }
}

/// Samples of -1 to 1 as the bytes of a file.
export function wave_of(samples: Float32Array, rate: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(head_bytes + samples.length * 2));
  put_text(view, 0, 'RIFF');
  view.setUint32(4, head_bytes - 8 + samples.length * 2, true);
  put_text(view, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  put_text(view, 36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => {
    const whole = Math.max(-1, Math.min(1, sample));
    view.setInt16(head_bytes + i * 2, Math.round(whole * 32767), true);
  });
  return new Uint8Array(view.buffer);
}

/// Throws UnfitSound.
export function must_be_fit(samples: Float32Array, rate: number): void {
  if (samples.length > longest_seconds * rate) {
    throw new UnfitSound('sound_long');
  }
  if (!samples.some((sample) => Math.abs(sample) > heard)) {
    throw new UnfitSound('sound_silent');
  }
}

/// What was recorded, or a file of any kind that the browser plays. Throws UnfitSound.
export async function to_wave(sound: Blob): Promise<Uint8Array<ArrayBuffer>> {
  let read: AudioBuffer;
  try {
    read = await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(await sound.arrayBuffer());
  } catch {
    throw new UnfitSound('sound_unreadable');
  }
  if (read.duration > longest_seconds) {
    throw new UnfitSound('sound_long');
  }
  const context = new OfflineAudioContext(1, Math.max(1, Math.ceil(read.duration * phone_rate)), phone_rate);
  const source = context.createBufferSource();
  source.buffer = read; // several channels are mixed into one
  source.connect(context.destination);
  source.start();
  const samples = (await context.startRendering()).getChannelData(0);
  must_be_fit(samples, phone_rate);
  return wave_of(samples, phone_rate);
}

/// The name of a sound: hex SHA-256, as the server has it.
export async function name_of(sound: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', sound));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
