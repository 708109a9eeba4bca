package io.github.consentbridge.standalone.operator;

import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.Check.State;
import io.github.consentbridge.sync.doctor.CheckCode;
import io.github.consentbridge.sync.operations.DeadLetterFilter;
import io.github.consentbridge.sync.storage.StorageException;

/** Checks whether the stores can be used and whether they contain dead letters. */
final class StoreCheck {
    private static final String SUBJECT = "stores";
    private static final int MAX_COUNTED = 100;

    private StoreCheck() {}

    static Check of(OperatorHost host) {
        if (host.isNew()) {
            return new Check(CheckCode.STORES, SUBJECT, State.OK, "Nothing is stored in " + host.stores() + " yet.");
        }
        try {
            int dead = host.onStores(operations -> operations.deadLetters(DeadLetterFilter.ALL, MAX_COUNTED))
                    .size();
            return dead == 0
                    ? new Check(CheckCode.STORES, SUBJECT, State.OK, "They can be used, and there are no dead letters.")
                    : new Check(CheckCode.STORES, SUBJECT, State.WARNING, deadLetters(dead));
        } catch (StorageException e) {
            return new Check(CheckCode.STORES, SUBJECT, State.FAILED, e.sentence());
        }
    }

    private static String deadLetters(int count) {
        return "They contain " + (count == MAX_COUNTED ? "at least " : "") + count
                + (count == 1 ? " dead letter" : " dead letters")
                + ": list the reasons with deadletters, fix the cause, then run replay.";
    }
}
