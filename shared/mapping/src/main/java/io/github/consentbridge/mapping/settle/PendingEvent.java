package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;

/**
 * An event of ours in Didomi, on its way there or confirmed. It is remembered until Didomi is read after it landed; up
 * to then its value there is no news.
 *
 * @param createdAt the date that it carries
 * @param since when it counts as Didomi's present value: later than every user state known when it was posted
 * @param landed whether Didomi has confirmed it
 */
public record PendingEvent(ConsentValue value, Instant createdAt, Instant since, boolean landed) {
    /** As the write on which a change depends that happened only if the event reached that user. */
    PendingWrite asPendingWrite() {
        return new PendingWrite(value, createdAt.toString(), 1);
    }

    PendingEvent confirmed() {
        return new PendingEvent(value, createdAt, since, true);
    }
}
