using System.Collections.Frozen;
using System.Text.Json;

namespace ChatOps.Storage.Sessions;

/// <summary>Enum values as camel-case words, so that rows read well and survive a reordering of the enum.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal static class SqlWord<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Words =
        Enum.GetValues<T>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Words.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    /// <summary>To the column.</summary>
    public static string Write(T value) => Words[value];

    /// <summary>From the column.</summary>
    /// <exception cref="InvalidDataException">The row holds a word that this program does not know.</exception>
    public static T Read(string word) =>
        Values.TryGetValue(word, out var value) ? value : throw new InvalidDataException($"'{word}' in the database is not a {typeof(T).Name}.");
}
