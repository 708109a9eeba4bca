/** The bearer tokens that Didomi may send instead of a key: how they are requested, issued and checked. */
@NullMarked
package io.github.consentbridge.sync.intake.token;

import org.jspecify.annotations.NullMarked;
