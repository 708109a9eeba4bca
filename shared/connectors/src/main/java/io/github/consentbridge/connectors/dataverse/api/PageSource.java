package io.github.consentbridge.connectors.dataverse.api;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.contact.ContactPage;
import java.time.Instant;

/** The position from which a page of contacts is read. */
public sealed interface PageSource {
    /**
     * The first page of all contacts. The last page has a delta link to everything that changed since the first page
     * was read. Refused without change tracking, see {@link DataverseException#isChangeTrackingOff()}.
     */
    record WholeTable() implements PageSource {}

    /**
     * The first page of contacts modified at this time or later, the oldest change first; {@link Instant#EPOCH} means
     * all of them. For tables without change tracking: deletions are not listed, there is no delta link, and rows of
     * long transactions appear late, so let two scans overlap by some minutes.
     *
     * @param time fractions of a second are dropped, because Dataverse has none
     */
    record ModifiedSince(Instant time) implements PageSource {
        public ModifiedSince {
            requireNonNull(time, "time");
        }
    }

    /**
     * The page at {@link ContactPage#next()} or {@link ContactPage#delta()}, of this run or an earlier one.
     *
     * @param address exactly as Dataverse returned it
     */
    record Link(String address) implements PageSource {
        public Link {
            requireNonNull(address, "address");
        }
    }
}
