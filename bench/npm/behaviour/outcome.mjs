// What a caller gets of a call, as what can be told to another process.

/** Makes the call; never rejects. */
export function outcomeOf(call) {
  return call().then((value) => ({ resolved: described(value) }), (error) => ({ rejected: failure(error) }));
}

function described(value) {
  return value === undefined ? "undefined" : "a result";
}

function failure(error) {
  const { name, kind = null, message } = error ?? {};
  const own = name === undefined || name === "Error" ? error?.constructor?.name : name;
  return { name: String(own), kind, message: String(message ?? error), isError: error instanceof Error };
}
