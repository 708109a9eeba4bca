/** What is common to everything that we store. */
@NullMarked
package io.github.consentbridge.sync.storage;

import org.jspecify.annotations.NullMarked;
