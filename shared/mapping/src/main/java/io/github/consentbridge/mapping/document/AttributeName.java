package io.github.consentbridge.mapping.document;

import static java.util.Objects.requireNonNull;

/** The logical name of a contact column, for example {@code donotbulkemail}. */
public record AttributeName(String logicalName) implements Comparable<AttributeName> {
    /** The primary key of {@code contact}. */
    public static final AttributeName CONTACT_ID = new AttributeName("contactid");

    public AttributeName {
        requireNonNull(logicalName, "logicalName");
    }

    @Override
    public int compareTo(AttributeName other) {
        return logicalName.compareTo(other.logicalName);
    }

    @Override
    public String toString() {
        return logicalName;
    }
}
