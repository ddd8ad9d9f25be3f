/** Sound and notification on the arrival of a review. */
import { useState } from "react";
import { askToNotify, canNotify, setSound, sound, testArrival } from "../../state/arrival.ts";
import { useStore } from "../../state/store.ts";

export function SoundSetting() {
  const on = useStore(sound, (now) => now);
  const [askable, setAskable] = useState(canNotify);
  return (
    <span className="flex items-center gap-4">
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent size-4"
          checked={on}
          onChange={(event) => setSound(event.target.checked)}
        />
        Sound on arrival
      </label>
      {askable && (
        <button
          type="button"
          className="text-accent-text rounded underline underline-offset-2"
          onClick={() => void askToNotify().then(() => setAskable(canNotify()))}
        >
          Allow notifications
        </button>
      )}
      <button type="button" className="text-accent-text rounded hover:underline" onClick={testArrival}>
        Test
      </button>
    </span>
  );
}
