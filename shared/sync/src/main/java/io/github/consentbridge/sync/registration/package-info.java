/** The webhooks of both systems: created, healed and removed. */
@NullMarked
package io.github.consentbridge.sync.registration;

import org.jspecify.annotations.NullMarked;
