/** The commands for people's rights: to see what is stored of them, and to have it erased. */
@NullMarked
package io.github.consentbridge.standalone.cli.rights;

import org.jspecify.annotations.NullMarked;
