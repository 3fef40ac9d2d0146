using System.Collections.Frozen;

namespace ChatOps.Policy.Commands.Languages;

/// <summary>Decides whether a text is one SQL statement that only reads, of PostgreSQL, MySQL or SQLite, or a harmless backslash command of psql.</summary>
internal static class SqlStatement
{
    private static readonly FrozenSet<string> Openers = Set("select show explain values table with describe desc");

    private static readonly FrozenSet<string> Refused = Set(
        "into insert update delete merge replace create alter drop truncate grant revoke copy call do execute prepare set reset lock vacuum analyze cluster reindex "
        + "refresh load import listen notify begin commit rollback attach detach pragma handler outfile dumpfile install uninstall kill flush shutdown share source system");

    private static readonly FrozenSet<string> Functions = Set(
        "count sum avg min max now coalesce nullif lower upper length char_length octet_length trim ltrim rtrim btrim replace substring substr left right split_part position concat "
        + "concat_ws string_agg array_agg group_concat json_agg jsonb_agg json_build_object jsonb_build_object to_json to_jsonb row_to_json round floor ceil ceiling abs mod power sqrt greatest "
        + "least date_trunc date_part extract age to_char to_date to_timestamp date time datetime strftime julianday unix_timestamp from_unixtime date_format date_add date_sub datediff timestampdiff "
        + "timediff curdate curtime current_database current_schema current_user version database user pg_size_pretty pg_database_size pg_relation_size pg_table_size pg_indexes_size "
        + "pg_total_relation_size pg_tablespace_size pg_is_in_recovery pg_postmaster_start_time pg_conf_load_time pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp "
        + "pg_current_wal_lsn pg_wal_lsn_diff pg_backend_pid pg_blocking_pids pg_get_indexdef pg_get_constraintdef pg_get_viewdef pg_get_functiondef pg_encoding_to_char pg_stat_get_activity "
        + "row_number rank dense_rank lag lead first_value last_value ntile percentile_cont percentile_disc over filter within cast exists in values any all some not and or on using as from where "
        + "having by select interval array row case when then else distinct limit offset join if ifnull isnull format bool_and bool_or every stddev variance generate_series unnest cardinality "
        + "array_length lateral materialized json_array_length jsonb_array_length json_extract total inet_server_addr inet_client_addr numeric varchar char decimal float text union except intersect between like ilike");

    private static readonly string[] SecretNames =
        ["password", "passwd", "secret", "token", "credential", "api_key", "apikey", "private_key", "pg_authid", "pg_shadow", "pg_user_mapping", "pg_hba", "authentication_string", "pg_settings", "pg_file_settings", "pg_largeobject", "session_key"];

    private static readonly FrozenSet<string> MetaCommands = Set(
        @"\l \list \d \dt \du \dg \dn \di \dv \dm \ds \df \dx \db \dp \z \dc \dd \dF \dy \dL \dO \do \dT \conninfo \timing \encoding \? \h .tables .schema .databases .indexes .indices .dbinfo .fullschema");

    /// <summary>Why the statement may do more; null when it only reads.</summary>
    public static string? Problem(string text)
    {
        var sql = text.Trim(' ', '\t');
        if (sql.Length > 0 && sql[0] is '\\' or '.') return MetaProblem(sql);
        if (sql.EndsWith(';')) sql = sql[..^1];
        else if (sql.EndsWith("\\G", StringComparison.Ordinal)) sql = sql[..^2]; // mysql: one column a line
        var first = true;
        for (var i = 0; i < sql.Length;)
        {
            var c = sql[i];
            if (c is ' ' or '\t' or ',' or '(' or ')' or '*' or '+' or '=' or '<' or '>' or '%' or '.' or ':' or '[' or ']' or '|' or '~' or '!' || char.IsAsciiDigit(c))
            {
                i++;
                continue;
            }

            if (c is '-' or '/')
            {
                if (i + 1 < sql.Length && sql[i + 1] is '-' or '*') return "the SQL has a comment";
                i++;
                continue;
            }

            if (c is '\'')
            {
                i = sql.IndexOf('\'', i + 1) + 1;
                if (i == 0) return "a string of the SQL is not closed";
                continue;
            }

            if (c is '"' or '`')
            {
                var end = sql.IndexOf(c, i + 1);
                if (end < 0) return "a name in the SQL is not closed";
                if (IsSecret(sql.AsSpan(i + 1, end - i - 1))) return "the SQL names something that looks like a secret";
                i = end + 1;
                if (NextIsParenthesis(sql, i)) return "the SQL calls a quoted function";
                continue;
            }

            if (!char.IsAsciiLetter(c) && c != '_') return "the SQL has a ; inside, a backslash, or another character that is not expected in one reading statement";
            var start = i;
            while (i < sql.Length && (char.IsAsciiLetterOrDigit(sql[i]) || sql[i] is '_' or '$')) i++;
            var word = sql[start..i].ToLowerInvariant();
            if (i < sql.Length && sql[i] == '\'' && word is "e" or "u" or "x" or "b" or "n") return "the SQL has a string with escapes";
            if (first && !Openers.Contains(word)) return $"the SQL begins with {word.ToUpperInvariant()}, which is not known to only read";
            first = false;
            if (IsSecret(word)) return "the SQL names something that looks like a secret";
            if (NextIsParenthesis(sql, i))
            {
                if (!Functions.Contains(word) && !IsTableAlias(sql, start)) return $"the SQL calls {word}, which is not known to only read";
                if (word == "replace") continue;
            }

            if (word == "analyze" && IsExplain(sql)) return "EXPLAIN ANALYZE runs the statement";
            if (word == "create" && IsShowCreate(sql)) continue;
            if (Refused.Contains(word) && !(start > 0 && sql[start - 1] == '.')) return $"the SQL uses {word.ToUpperInvariant()}";
        }

        if (sql.Contains('\\', StringComparison.Ordinal)) return "the SQL has a backslash";
        var show = sql.ToLowerInvariant();
        return show.StartsWith("show ", StringComparison.Ordinal) && (show.Contains("grants", StringComparison.Ordinal) || show.Trim() is "show all")
            ? "the statement shows settings or hashes that may be secret"
            : first ? "the SQL is empty" : null;
    }

    /// <summary>Whether a text that does more than read names one of the words that destroy.</summary>
    public static bool Destroys(string text) =>
        text.Split([' ', '\t', ';', '(', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Any(w => w.ToUpperInvariant() is "DROP" or "TRUNCATE" or "DELETE" or "FLUSHALL" or "SHUTDOWN");

    private static string? MetaProblem(string sql)
    {
        var parts = sql.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = parts[0].TrimEnd('+', 'S', 'x');
        if (!MetaCommands.Contains(name)) return "the backslash or dot command is not known to only read";
        foreach (var argument in parts.AsSpan(1))
            foreach (var c in argument)
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '*' or '?' or '-' or '%')) return "the backslash or dot command has an argument that cannot be read";
        return null;
    }

    private static bool IsShowCreate(string sql)
    {
        var words = sql.ToLowerInvariant().Split([' ', '\t'], 4, StringSplitOptions.RemoveEmptyEntries);
        return words is ["show", "create", "table" or "view" or "database", ..];
    }

    private static bool IsExplain(string sql) => sql.StartsWith("explain", StringComparison.OrdinalIgnoreCase);

    /// <summary>WITH name (…): the columns of a common table expression.</summary>
    private static bool IsTableAlias(string sql, int start) =>
        sql[..start].Trim().ToLowerInvariant() is "with" or "with recursive";

    private static bool IsSecret(ReadOnlySpan<char> name)
    {
        foreach (var secret in SecretNames)
            if (name.Contains(secret, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool NextIsParenthesis(string sql, int i)
    {
        while (i < sql.Length && sql[i] is ' ' or '\t') i++;
        return i < sql.Length && sql[i] == '(';
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
