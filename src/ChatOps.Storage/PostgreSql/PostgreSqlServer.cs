using System.Data.Common;
using System.Globalization;
using ChatOps.Storage.Engine;
using ChatOps.Storage.Sessions;
using Npgsql;

namespace ChatOps.Storage.PostgreSql;

/// <summary>How connections to the server are made, and what each of them is told first.</summary>
internal sealed class PostgreSqlServer
{
    /// <summary>What the server's own limits get before the client gives up waiting for it.</summary>
    private static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(5);

    /// <summary>Texts that the server keeps prepared for a connection. Filters make many texts; what is used all the time is back at once.</summary>
    private const int MaxPrepared = 256;

    private readonly PostgreSqlOptions options;
    private readonly string connectionString;

    /// <summary>Reads the connection string.</summary>
    /// <exception cref="StoreUnavailableException">It is none; the message does not repeat it.</exception>
    public PostgreSqlServer(PostgreSqlOptions options)
    {
        this.options = options;
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw new StoreUnavailableException("Store:ConnectionString is not understood. It has the form Host=db.example.com;Database=chatops;Username=chatops;Password=… (see docs/operations.md).");
        }

        if (string.IsNullOrEmpty(builder.Host)) throw new StoreUnavailableException("Store:ConnectionString names no Host.");
        builder.Database ??= builder.Username;
        if (!builder.ContainsKey("Timeout")) builder.Timeout = (int)options.ConnectTimeout.TotalSeconds;
        builder.ApplicationName ??= "chatops";
        builder.CommandTimeout = (int)(Longest(options.StatementTimeout, options.LockTimeout) + AnswerMargin).TotalSeconds;
        builder.Pooling = false;
        builder.MaxAutoPrepare = MaxPrepared;
        builder.AutoPrepareMinUsages = 2;
        builder.IncludeErrorDetail = false;
        builder.PersistSecurityInfo = false;
        builder.TcpKeepAlive = true;
        connectionString = builder.ToString();
        Place = string.Create(CultureInfo.InvariantCulture, $"{builder.Host}:{builder.Port}/{builder.Database}");
        Faults = new PostgreSqlFaults(Place, builder.Username ?? "(none)");
    }

    /// <summary>Host, port and database.</summary>
    public string Place { get; }

    /// <summary>Sentences about its errors.</summary>
    public PostgreSqlFaults Faults { get; }

    /// <summary>A connection that may write.</summary>
    /// <exception cref="NpgsqlException">It could not be made.</exception>
    // What is reported as saved must be on the server's disk; a server that waits for more than that (remote_apply) keeps doing so.
    public NpgsqlConnection ConnectWriter() =>
        Connect("; SELECT CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN set_config('synchronous_commit', 'on', false) END");

    /// <summary>A connection with the limits that keep a gateway from holding others up.</summary>
    /// <param name="more">What else it is told first.</param>
    /// <exception cref="NpgsqlException">It could not be made.</exception>
    public NpgsqlConnection Connect(string more = "")
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            connection.Open();
            Run(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"SET idle_in_transaction_session_timeout = {Milliseconds(options.IdleInTransaction)}; SET lock_timeout = {Milliseconds(options.LockTimeout)}; SET statement_timeout = {Milliseconds(options.StatementTimeout)}; SET client_min_messages = warning{more}"));
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();

            // A line that breaks while it is being made is said by whatever the driver was doing with its socket.
            if (e is not DbException) throw PostgreSqlLine.Broken(e);
            throw;
        }
    }

    /// <summary>The engine's view of a connection.</summary>
    public static SqlConnection Wrap(NpgsqlConnection connection, PostgreSqlLine? own = null)
    {
        var line = own ?? new PostgreSqlLine(connection);
        return new SqlConnection(connection, sql => new PostgreSqlStatement(line, sql), line);
    }

    /// <summary>Runs a text without parameters.</summary>
    public static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = connection.Statement(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Asks for one value.</summary>
    public static string? Ask(NpgsqlConnection connection, string sql)
    {
        using var command = connection.Statement(sql);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
