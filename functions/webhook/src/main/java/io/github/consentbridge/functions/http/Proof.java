package io.github.consentbridge.functions.http;

import io.github.consentbridge.sync.credentials.BridgeSecret.Webhook;
import java.util.Optional;

/** One way in which a sender shows who it is. Implementations are safe for use by several threads. */
public interface Proof {
    /** What a request shows of this kind; empty where it shows nothing. */
    Optional<String> shown(Headers headers, Webhook agreed);

    /** Whether that is what was agreed on with the sender, compared in constant time. */
    boolean accepts(String shown, Webhook agreed);

    /** The HTTP authentication scheme that a refusal has to name; empty where the proof has none. */
    Optional<String> scheme();
}
