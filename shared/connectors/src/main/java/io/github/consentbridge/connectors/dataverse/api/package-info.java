/** HTTP calls to the Dataverse Web API: URLs, headers, errors, {@code $batch} bodies. */
@NullMarked
package io.github.consentbridge.connectors.dataverse.api;

import org.jspecify.annotations.NullMarked;
