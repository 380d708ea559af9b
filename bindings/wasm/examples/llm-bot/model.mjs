// Stands in for a language model: it answers slowly, and in pieces.

const ANSWER = `You asked: QUESTION

A parcel is on its way as soon as it has a number. The number is in the message that we have sent you.

If there is none yet, it is still being packed; that takes a day at most.

You may still change the address until then. After that the courier has to be asked.

Should anything be broken, take a picture of it and send it here. We will replace it, and you need not send it back.

Is there anything else?`;

/** The answer, word by word. */
export async function* answer(question, { pauseMs, signal }) {
  for (const word of ANSWER.replace("QUESTION", question).split(/(?<=\s)/)) {
    if (signal?.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    yield word;
  }
}
