import type { ContactProof } from "../../reachability/contact-proof.ts";
import { fromJson, type Row, type Sql } from "../sql.ts";
import type { Queries } from "../store.ts";

type ContactQueries = Pick<Queries, "contactProofs" | "contactProofsOf" | "putContactProof" | "removeContactProofs">;

export function contactQueries(sql: Sql): ContactQueries {
  return {
    async contactProofs() {
      return (await sql.all("select * from contact_proof where revision > 0 order by person, channel")).map(proofOf);
    },
    async contactProofsOf(person) {
      const text = "select * from contact_proof where person = ? and revision > 0 order by channel";
      return (await sql.all(text, [person])).map(proofOf);
    },
    async putContactProof({ person, channel, revision, ...rest }) {
      const data = JSON.stringify(rest);
      // A row to compare with, which nobody reads before it is written.
      if (revision === 0)
        await sql.insert(
          "ignore",
          "contact_proof",
          ["person", "channel", "revision", "data"],
          [[person, channel, 0, "{}"]],
        );
      const text =
        "update contact_proof set revision = revision + 1, data = ? where person = ? and channel = ? and revision = ?";
      return (await sql.run(text, [data, person, channel, revision])) === 1;
    },
    async removeContactProofs(person) {
      await sql.run("delete from contact_proof where person = ?", [person]);
    },
  };
}

function proofOf(row: Row): ContactProof {
  return {
    ...fromJson<ContactProof>(row.data),
    person: row.person as ContactProof["person"],
    channel: row.channel as ContactProof["channel"],
    revision: Number(row.revision),
  };
}
