/** Who is signed in, and the line to the edge that goes with it. */
import type { Me } from "../../../protocols/api/http.ts";
import { call } from "../api/call.ts";
import { Problem } from "../api/problem.ts";
import { closeLine, openLine } from "../socket/line.ts";
import { forgetMe } from "./my-state.ts";
import { createStore } from "./store.ts";

type Session =
  | { readonly state: "asking" }
  | { readonly state: "unreachable" }
  | { readonly state: "signed-out" }
  | { readonly state: "signed-in"; readonly me: Me };

export const session = createStore<Session>({ state: "asking" });

function begin(me: Me): void {
  session.set({ state: "signed-in", me });
  // Nothing else is open to a password that somebody else gave.
  if (me.passwordOnce) return;
  openLine(() => {
    forgetMe();
    session.set({ state: "signed-out" });
  });
}

/** At the start of the page: is there a session already? */
export async function resume(): Promise<void> {
  try {
    begin(await call("me"));
  } catch (error) {
    session.set({ state: error instanceof Problem && error.status === 401 ? "signed-out" : "unreachable" });
  }
}

export async function logIn(email: string, password: string): Promise<void> {
  begin(await call("login", { body: { email, password } }));
}

export async function changePassword(current: string, next: string): Promise<void> {
  begin(await call("changePassword", { body: { current, next } }));
}

/** The session is ended on the server first: a page that merely looks signed out would be a lie. */
export async function logOut(): Promise<void> {
  await call("logout");
  location.hash = "";
  closeLine();
  // Where no line was open nobody says that it has ended.
  session.set({ state: "signed-out" });
}
