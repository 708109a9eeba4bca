package io.github.consentbridge.mapping.consent;

import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;

/** Names one Didomi value under one regulation: what is settled as one unit. Several columns may be mapped to it. */
public record ConsentRecordId(Regulation regulation, DidomiPath value) implements Comparable<ConsentRecordId> {

    /** The value that a mapping shows. */
    public static ConsentRecordId of(Mapping mapping) {
        return new ConsentRecordId(mapping.regulation(), mapping.value());
    }

    /** This consent record's key in the ledger; {@link #ofKey} reads it back. */
    public String key() {
        return regulation.id() + "|" + value.key();
    }

    /** Reads what {@link #key()} wrote. */
    public static ConsentRecordId ofKey(String key) {
        int bar = key.indexOf('|');
        return new ConsentRecordId(new Regulation(key.substring(0, bar)), DidomiPath.ofKey(key.substring(bar + 1)));
    }

    @Override
    public int compareTo(ConsentRecordId other) {
        int byRegulation = regulation.compareTo(other.regulation);
        return byRegulation != 0 ? byRegulation : value.compareTo(other.value);
    }
}
