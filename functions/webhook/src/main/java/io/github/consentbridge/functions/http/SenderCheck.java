package io.github.consentbridge.functions.http;

import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.SecretReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells whether a request shows what was agreed on with its sender: the key in a header, or what else proves it. Safe for
 * use by several threads.
 */
public final class SenderCheck {
    private static final Webhook NOBODY = new Webhook(SecretReader.DEFAULT_HEADER, List.of(), Optional.empty());

    private final Credentials credentials;
    private final Function<BridgeSecret, Optional<Webhook>> agreed;
    private final List<Proof> proofs;

    /**
     * A check by the sender's block of the secret; without one nobody is the sender.
     *
     * @param others what the sender may show instead of the key
     */
    public SenderCheck(Credentials credentials, Function<BridgeSecret, Optional<Webhook>> agreed, Proof... others) {
        this.credentials = credentials;
        this.agreed = agreed;
        List<Proof> all = new ArrayList<>(List.of(others));
        all.add(0, new HeaderProof());
        this.proofs = List.copyOf(all);
    }

    /**
     * Whether it is the sender. Whoever shows something that we do not know may have it from a rotation that we have not
     * seen yet: then the secret is read again, which is bounded.
     *
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if the secret cannot be read
     */
    public boolean isSender(Headers headers) {
        Webhook known = webhook(credentials.current());
        return showsSomething(headers, known)
                && (accepts(headers, known) || accepts(headers, webhook(credentials.refreshed())));
    }

    private Webhook webhook(BridgeSecret secret) {
        return agreed.apply(secret).orElse(NOBODY);
    }

    private boolean showsSomething(Headers headers, Webhook known) {
        return proofs.stream().anyMatch(proof -> proof.shown(headers, known).isPresent());
    }

    private boolean accepts(Headers headers, Webhook known) {
        return proofs.stream()
                .anyMatch(proof -> proof.shown(headers, known)
                        .filter(shown -> proof.accepts(shown, known))
                        .isPresent());
    }

    /** What everybody else is told: always the same. */
    HttpReply refusal() {
        HttpReply reply = HttpReply.of(Answer.NOT_THE_SENDER);
        for (Proof proof : proofs) {
            if (proof.scheme().isPresent()) {
                reply = reply.with("www-authenticate", proof.scheme().get());
            }
        }
        return reply;
    }
}
