package io.github.consentbridge.sync.rights;

import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.operations.Host;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long data about people are kept, and where else they are, in sentences for the person or a privacy officer. */
final class Retention {
    private static final long TOMBSTONE_DAYS = ConsentLedger.TOMBSTONE_AGE.toDays();

    private final Host host;

    Retention(Host host) {
        this.host = host;
    }

    /** What becomes of what an export shows, and where else data may be. */
    List<String> ofStored() {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "The entry in the consent ledger is kept until the person is deleted in Didomi or erased here; then only a"
                        + " keyed hash and the time remain, for " + TOMBSTONE_DAYS + " days");
        sentences.add("The history is kept for " + host.integration().historyDays()
                + " days, and longer only what explains a choice that still stands");
        sentences.add(
                "A delivery that waits is kept until it is applied, a failed one until it is put back or given up");
        sentences.add("The record of who looked at these data is kept for " + accessDays()
                + " days. It names the person by a keyed hash");
        sentences.add("Log lines name the person by a keyed hash, for as long as the logs are kept");
        sentences.add(
                "Didomi and Dynamics keep their own records, for example Didomi’s events and Dynamics’ audit history");
        sentences.addAll(host.otherCopies());
        return sentences;
    }

    /** @param contactId the person's contact; null if none was known */
    List<String> afterErasure(@Nullable String contactId) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Didomi keeps its own record of the person: delete the person's users in Didomi; while it has them, a"
                        + " new choice, or a reconciliation after " + TOMBSTONE_DAYS + " days, brings the person back");
        sentences.add("Dynamics keeps the contact" + (contactId == null ? "" : " " + contactId)
                + " with its columns and its audit history: delete or anonymize it there");
        sentences.add("Here a tombstone remains, a keyed hash and the time of the erasure, for " + TOMBSTONE_DAYS
                + " days: it keeps late deliveries from bringing the person back");
        sentences.add("The access record names the person by the same hash for " + accessDays()
                + " days, and so do records of dead letters that were given up earlier");
        sentences.add("Log lines name the person by a keyed hash, for as long as the logs are kept");
        sentences.addAll(host.otherCopies());
        return sentences;
    }

    private long accessDays() {
        return AccessLog.kept(host.integration().historyDays()).toDays();
    }
}
