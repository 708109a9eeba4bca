package io.github.consentbridge.mapping.document;

/**
 * The customer's own id of a person, as Didomi stores it ({@code organization_user_id}) and as the contact's key
 * column holds it. It may be an e-mail address: {@link #toString()} hides it, so that it cannot slip into a log line.
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
