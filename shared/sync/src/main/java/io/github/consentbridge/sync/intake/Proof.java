package io.github.consentbridge.sync.intake;

import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import java.util.Optional;

/** One way in which a sender proves its identity. Implementations are safe for use by several threads. */
interface Proof {
    /** What a request presents of this kind; empty if it presents nothing. */
    Optional<String> presented(RequestHead head, Webhook agreed);

    /** Whether that is what was agreed on with the sender, compared in constant time. */
    boolean accepts(String presented, Webhook agreed);

    /** The HTTP authentication scheme that a refusal has to name; empty if the proof has none. */
    default Optional<String> scheme() {
        return Optional.empty();
    }
}
