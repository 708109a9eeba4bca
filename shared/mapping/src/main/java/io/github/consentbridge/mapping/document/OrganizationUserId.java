package io.github.consentbridge.mapping.document;

/**
 * The customer's own id of a person, in Didomi's {@code organization_user_id} and in the contact's key column. It may
 * be an e-mail address, so {@link #toString()} hides it from logs.
 */
public record OrganizationUserId(String value) implements Comparable<OrganizationUserId> {
    public OrganizationUserId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an organization user id must not be empty");
        }
    }

    @Override
    public int compareTo(OrganizationUserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return "OrganizationUserId[hidden]";
    }
}
