using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatOps.Storage.Sqlite;

/// <summary>
/// Which native SQLite is used: the system's, which the distribution patches, when it is at least as new as the bundled one; else the bundled
/// one. Decided once per process.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>The version of the bundled library; the schema needs nothing newer (RETURNING came with 3.35).</summary>
    private const int BundledVersion = 3_035_005;

    /// <summary>The name under which the provider imports it.</summary>
    private const string ImportName = "e_sqlite3";

    private const int HasMoved = 20;
    private const int ConfigMultiThread = 2;
    private const int ConfigMemoryStatus = 9;

    private static readonly string[] SystemNames = OperatingSystem.IsLinux() ? ["libsqlite3.so.0"] : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"] : [];

    private static readonly Lazy<(string Source, string Version)> Loaded = new(Load);

    /// <summary>Where the library comes from: its file name, or <c>bundled</c>.</summary>
    public static string Source => Loaded.Value.Source;

    /// <summary>Its version.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>
    /// A connection that is not open yet. The only place that makes one: a connection from before the choice would have some functions of one library and the rest of the other, and the
    /// process would end at the first call into the one that was never set up.
    /// </summary>
    public static SqliteConnection Connect(string connectionString)
    {
        _ = Loaded.Value;
        return new SqliteConnection(connectionString);
    }

    /// <summary>Whether the file of an open database is no longer the one at its path: deleted, moved or replaced.</summary>
    public static bool FileHasMoved(sqlite3 database)
    {
        var moved = 0;
        return sqlite3_file_control(database.DangerousGetHandle(), 0, HasMoved, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    private static (string Source, string Version) Load()
    {
        var (handle, name) = FindSystemLibrary();
        if (handle != 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, Resolve);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();

        // Each connection of ours is one thread's at a time (the one that is shared has a lock, SqliteFile), so SQLite need not lock its connections; and nobody reads its counts of memory, which take a lock
        // with every allocation. Where the library is in use already both are refused, and it stays as careful as it was.
        _ = raw.sqlite3_config(ConfigMultiThread);
        _ = raw.sqlite3_config(ConfigMemoryStatus, 0);
        return (handle != 0 ? name : "bundled", raw.sqlite3_libversion().utf8_to_string());

        nint Resolve(string import, Assembly assembly, DllImportSearchPath? path) => import == ImportName ? handle : 0;
    }

    private static (nint Handle, string Name) FindSystemLibrary()
    {
        foreach (var name in SystemNames)
        {
            if (!NativeLibrary.TryLoad(name, out var handle)) continue;
            if (NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out var number)
                && NativeLibrary.TryGetExport(handle, "sqlite3_threadsafe", out var threadSafe)
                && Marshal.GetDelegateForFunctionPointer<Number>(number)() >= BundledVersion
                && Marshal.GetDelegateForFunctionPointer<Number>(threadSafe)() != 0)
            {
                return (handle, name);
            }

            NativeLibrary.Free(handle);
        }

        return (0, "");
    }

    [DllImport(ImportName, CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_file_control(nint database, nint name, int operation, ref int argument);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Number();
}
