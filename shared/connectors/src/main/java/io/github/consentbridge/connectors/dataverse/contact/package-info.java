/** Contacts: finding, paging and writing them. */
@NullMarked
package io.github.consentbridge.connectors.dataverse.contact;

import org.jspecify.annotations.NullMarked;
