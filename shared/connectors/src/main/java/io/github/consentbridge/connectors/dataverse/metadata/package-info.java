/** The contact table's metadata: columns with their types, change tracking, auditing. */
@NullMarked
package io.github.consentbridge.connectors.dataverse.metadata;

import org.jspecify.annotations.NullMarked;
