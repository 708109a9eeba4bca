/** Access tokens for Dataverse from Microsoft Entra ID. */
@NullMarked
package io.github.consentbridge.entra;

import org.jspecify.annotations.NullMarked;
