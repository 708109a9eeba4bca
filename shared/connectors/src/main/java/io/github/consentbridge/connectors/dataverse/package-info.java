/** Contacts in Microsoft Dataverse: metadata, bulk reads, conditional writes in batches. */
@NullMarked
package io.github.consentbridge.connectors.dataverse;

import org.jspecify.annotations.NullMarked;
