package io.github.consentbridge.sync.intake;

/**
 * What the head of a request leads to: its body is read, or it is answered without. So a host reads nothing of a stranger's
 * body.
 */
public sealed interface Admission {
    /** The answer is certain already; the body, if any, is of no use. */
    record Refused(WebhookReply reply) implements Admission {}

    /** The sender may send its body. */
    non-sealed interface Admitted extends Admission {
        /** How many bytes of the body are accepted. The host may stop reading after one more. */
        int maxBytes();

        /**
         * Answers the request with this body. Blocks until the delivery is stored; never throws. A repeat is stored again,
         * which is harmless.
         *
         * @param body {@link RequestBody#tooLarge} if it has more than {@link #maxBytes}
         */
        WebhookReply accept(RequestBody body);
    }
}
