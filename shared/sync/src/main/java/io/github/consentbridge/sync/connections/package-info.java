/** The connected systems as the core uses them: clients, the contact table's schema, contacts by key. */
@NullMarked
package io.github.consentbridge.sync.connections;

import org.jspecify.annotations.NullMarked;
