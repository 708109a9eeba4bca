/** The webhooks of both systems: created, repaired and removed. */
@NullMarked
package io.github.consentbridge.sync.registration;

import org.jspecify.annotations.NullMarked;
