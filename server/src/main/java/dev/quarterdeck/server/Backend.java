package dev.quarterdeck.server;

import dev.quarterdeck.accounts.AccountKinds;
import dev.quarterdeck.accounts.AccountsSlice;
import dev.quarterdeck.accounts.SecretKeys;
import dev.quarterdeck.events.DeadLetters;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.server.cli.ExitCode;
import dev.quarterdeck.server.cli.StartRefused;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.server.settings.CoreSettings.Profile;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.store.sqlite.DataDirInUse;
import dev.quarterdeck.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What works without listening: the store, which holds DATA_DIR, and the accounts in it.
public final class Backend implements AutoCloseable {
  private final SqliteStore store;
  private final AccountsSlice accounts;
  private final boolean seedsAllowed;

  private Backend(SqliteStore store, AccountsSlice accounts, boolean seedsAllowed) {
    this.store = store;
    this.accounts = accounts;
    this.seedsAllowed = seedsAllowed;
  }

  /// Opens DATA_DIR, with the clock of this machine.
  ///
  /// @throws StartRefused it cannot be used, or another process holds it; exit code 78
  public static Backend open(AppSettings settings) {
    return open(settings, InstantSource.system());
  }

  /// Opens DATA_DIR.
  ///
  /// @throws StartRefused it cannot be used, or another process holds it; exit code 78
  static Backend open(AppSettings settings, InstantSource clock) {
    Path directory = settings.storage().dataDir();
    SqliteStore store;
    try {
      store = SqliteStore.open(directory, settings.core().databaseName(), kinds(), clock);
    } catch (DataDirInUse | StoreException unusable) {
      throw new StartRefused(ExitCode.CONFIG, String.valueOf(unusable.getMessage()));
    }
    boolean opened = false;
    try {
      boolean loopback = isLoopback(settings.server().host());
      boolean seeds = settings.core().profile() != Profile.PRODUCTION && loopback;
      AccountsSlice accounts =
          AccountsSlice.of(
              settings.accounts(),
              SecretKeys.resolve(settings.accounts(), loopback, directory),
              settings.protection().secureCookies(),
              seeds,
              origin(settings),
              store.documents(),
              clock);
      opened = true;
      return new Backend(store, accounts, seeds);
    } catch (IOException failure) {
      throw new StartRefused(ExitCode.CONFIG, String.valueOf(failure.getMessage()));
    } finally {
      if (!opened) {
        store.close();
      }
    }
  }

  /// What events say of this service.
  static EventOrigin origin(AppSettings settings) {
    return new EventOrigin(
        settings.core().serviceName(),
        settings.core().serviceVersion(),
        settings.core().profile().name().toLowerCase(Locale.ROOT));
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>(AccountKinds.ALL);
    kinds.addAll(Executions.kinds());
    kinds.addAll(BookmarkParts.kinds());
    kinds.add(DeadLetters.KIND);
    return kinds;
  }

  /// Whether only this machine can reach a server on this host.
  static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  SqliteStore store() {
    return store;
  }

  /// The accounts.
  public AccountsSlice accounts() {
    return accounts;
  }

  /// Whether the users of development may come in.
  boolean seedsAllowed() {
    return seedsAllowed;
  }

  @Override
  public void close() {
    store.close();
  }
}
