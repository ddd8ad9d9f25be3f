/**
 * How the arrival of a review, and its warning, are told to somebody who looks elsewhere: a short sound, and a notification if
 * hidden. At once when the server says so, whatever is drawn: a hidden page draws nothing, and its timers run once a minute.
 */
import type { MyState } from "../../../protocols/api/socket.ts";
import { createStore } from "./store.ts";
import { clockTime } from "./time-text.ts";

const key = "callboard.sound";
export const sound = createStore(localStorage.getItem(key) !== "off");

export function setSound(on: boolean): void {
  localStorage.setItem(key, on ? "on" : "off");
  sound.set(on);
  if (on) chime();
}

/** Two soft tones. Made here, so that nothing has to be loaded; silent until the person has touched the page once. */
function chime(): void {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.7);
  for (const [hertz, after] of [[660, 0] as const, [880, 0.18] as const]) {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start(audio.currentTime + after);
    tone.stop(audio.currentTime + after + 0.5);
  }
  setTimeout(() => void audio.close(), 1_000);
}

export const canNotify = () => "Notification" in window && Notification.permission === "default";
export const askToNotify = async (): Promise<void> => void (await Notification.requestPermission());

/** What an arrival sounds and looks like, on request. */
export function testArrival(): void {
  chime();
  if ("Notification" in window && Notification.permission === "granted")
    new Notification("Review: this is a test", { body: "So a review will show.", tag: "callboard-test" });
}

export function announce({ because, offer }: MyState): void {
  if (offer === null) return;
  const due = `Due ${clockTime(offer.deadlineAt)}`;
  if (because?.type === "Offered") ring(`Review: ${offer.title}`, due, "callboard-review");
  if (because?.type === "Warned") ring(`Time is running out: ${offer.title}`, due, "callboard-warning");
}

/** @param tag one notification of each is shown, the latest */
function ring(title: string, body: string, tag: string): void {
  if (sound.get()) chime();
  if (
    document.visibilityState === "hidden" &&
    "Notification" in window &&
    Notification.permission === "granted"
  )
    new Notification(title, { body, tag });
}
