package io.github.consentbridge.connectors.dataverse.api;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.contact.ContactPage;
import java.time.Instant;

/** Where a page of contacts is read from. */
public sealed interface PageSource {
    /**
     * The first page of all contacts. The last page has a delta link, which leads to whatever changed since this first
     * one was read. Refused where changes are not tracked, see {@link DataverseException#isChangeTrackingOff()}.
     */
    record WholeTable() implements PageSource {}

    /**
     * The first page of contacts modified at this time or later, the oldest change first; {@link Instant#EPOCH} means
     * all of them. For tables without change tracking: deletions do not show, there is no delta link, and rows of long
     * transactions appear late, so let the times of two readings overlap by some minutes.
     *
     * @param time fractions of a second are dropped, as Dataverse has none
     */
    record ModifiedSince(Instant time) implements PageSource {
        public ModifiedSince {
            requireNonNull(time, "time");
        }
    }

    /**
     * The page behind {@link ContactPage#next()} or {@link ContactPage#delta()}, of this run or an earlier one.
     *
     * @param address as Dataverse gave it
     */
    record Link(String address) implements PageSource {
        public Link {
            requireNonNull(address, "address");
        }
    }
}
