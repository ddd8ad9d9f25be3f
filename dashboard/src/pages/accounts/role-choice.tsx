/** Which role an account has, and what that means. */
import { useId } from "react";
import { Role } from "../../../../protocols/api/http.ts";

type RoleName = typeof Role.Type;
const meanings: Readonly<Record<RoleName, string>> = {
  employee: "reviews applications",
  manager: "sees the floor, decides about people, reviews and accounts",
  ops: "sees and mends the machinery",
};

export function RoleChoice({ role, onChange }: { role: RoleName; onChange: (role: RoleName) => void }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        Role
      </label>
      <select
        id={id}
        className="field"
        value={role}
        onChange={(event) => {
          const chosen = Role.literals.find((one) => one === event.target.value);
          if (chosen) onChange(chosen);
        }}
      >
        {Role.literals.map((one) => (
          <option key={one} value={one}>
            {one}: {meanings[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
