/** Dataverse webhooks: service endpoint, processing steps and their images. */
@NullMarked
package io.github.consentbridge.connectors.dataverse.webhook;

import org.jspecify.annotations.NullMarked;
