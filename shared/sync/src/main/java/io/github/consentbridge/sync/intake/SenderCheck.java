package io.github.consentbridge.sync.intake;

import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.SecretReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks that a request presents what was agreed on with its sender: the key in a header, or another proof. Safe for use by
 * several threads.
 */
final class SenderCheck {
    /** Accepts nothing. */
    private static final Webhook NOT_AGREED = new Webhook(SecretReader.DEFAULT_HEADER, List.of(), Optional.empty());

    private final Credentials credentials;
    private final Function<BridgeSecret, Optional<Webhook>> agreed;
    private final List<Proof> proofs;

    /**
     * A check by the sender's block of the secret; if the secret has none, every request is refused.
     *
     * @param others what the sender may present instead of the key
     */
    SenderCheck(Credentials credentials, Function<BridgeSecret, Optional<Webhook>> agreed, Proof... others) {
        this.credentials = credentials;
        this.agreed = agreed;
        this.proofs =
                Stream.concat(Stream.of(new HeaderProof()), Stream.of(others)).toList();
    }

    /**
     * Whether the request is from the sender. An unknown credential may be from a rotation that this process has not seen
     * yet: then the secret is read again, which the credentials limit.
     *
     * @throws io.github.consentbridge.sync.credentials.CredentialsException if the secret cannot be read
     */
    boolean isSender(RequestHead head) {
        Webhook known = webhook(credentials.current());
        return presentsAny(head, known) && (accepts(head, known) || accepts(head, webhook(credentials.refreshed())));
    }

    private Webhook webhook(BridgeSecret secret) {
        return agreed.apply(secret).orElse(NOT_AGREED);
    }

    private boolean presentsAny(RequestHead head, Webhook known) {
        return proofs.stream().anyMatch(proof -> proof.presented(head, known).isPresent());
    }

    private boolean accepts(RequestHead head, Webhook known) {
        return proofs.stream()
                .anyMatch(proof -> proof.presented(head, known)
                        .filter(presented -> proof.accepts(presented, known))
                        .isPresent());
    }

    /** The reply to all others: always the same. */
    WebhookReply refusal() {
        WebhookReply reply = WebhookReply.of(Answer.NOT_THE_SENDER);
        for (Proof proof : proofs) {
            if (proof.scheme().isPresent()) {
                reply = reply.with("www-authenticate", proof.scheme().get());
            }
        }
        return reply;
    }
}
