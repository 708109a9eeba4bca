package io.github.consentbridge.sync.rights;

/** By what a person is searched whose organization user id is not known. */
public sealed interface PersonQuery {
    /** By the e-mail address of the contact, in any of its three columns, whatever the case. */
    record Email(String address) implements PersonQuery {}

    /** By the id of the contact. */
    record Contact(String id) implements PersonQuery {}
}
