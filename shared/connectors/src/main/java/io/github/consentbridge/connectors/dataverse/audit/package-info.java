/** The audit history of a contact's columns. */
@NullMarked
package io.github.consentbridge.connectors.dataverse.audit;

import org.jspecify.annotations.NullMarked;
