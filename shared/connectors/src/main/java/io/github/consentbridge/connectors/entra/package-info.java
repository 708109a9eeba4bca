/** Access tokens for Dataverse from Microsoft Entra ID. */
@NullMarked
package io.github.consentbridge.connectors.entra;

import org.jspecify.annotations.NullMarked;
