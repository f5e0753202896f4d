// Passkeys. Whatever can be done without a script is done without this.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const make = async (form, challenge) => {
    const { user, name, known } = form.dataset;
    const made = await navigator.credentials.create({
      publicKey: {
        challenge,
        rp: { name: "Steadfast" },
        user: { id: new TextEncoder().encode(user), name, displayName: name },
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        attestation: "none",
      },
    });
    return { client: made.response.clientDataJSON, authenticator: made.response.getAuthenticatorData() };
  };
  const ask = async (challenge) => {
    const { rawId, response } = await navigator.credentials.get({ publicKey: { challenge, userVerification: "required" } });
    return {
      credential: rawId,
      client: response.clientDataJSON,
      authenticator: response.authenticatorData,
      signature: response.signature,
      user: response.userHandle ?? new ArrayBuffer(0),
    };
  };
  for (const form of document.querySelectorAll("form[data-challenge]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const state = form.querySelector("[role=status]");
      state.textContent = "";
      try {
        const answer = await fetch(form.dataset.challenge, { method: "POST" });
        if (!answer.ok) throw new Error("no challenge");
        const challenge = new TextEncoder().encode(await answer.text());
        const said = await (form.dataset.user ? make(form, challenge) : ask(challenge));
        for (const [field, buffer] of Object.entries(said)) form.elements[field].value = text(buffer);
        form.submit();
      } catch (error) {
        state.textContent = error.name === "SecurityError" ? form.dataset.unsafe : form.dataset.failed;
      }
    });
  }
})();
