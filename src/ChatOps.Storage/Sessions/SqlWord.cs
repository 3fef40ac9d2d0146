using System.Text.Json;

namespace ChatOps.Storage.Sessions;

/// <summary>Enum values as camel-case words, so that rows read well and survive a reordering of the enum.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal static class SqlWord<T> where T : struct, Enum
{
    // Looked through one by one: they are few, and a dictionary for each enum is compiled at each start.
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Words = Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>To the column.</summary>
    public static string Write(T value) => Words[Array.IndexOf(Values, value)];

    /// <summary>From the column.</summary>
    /// <exception cref="InvalidDataException">The row holds a word that this program does not know.</exception>
    public static T Read(string word) =>
        Array.IndexOf(Words, word) is >= 0 and var at ? Values[at] : throw new InvalidDataException($"'{word}' in the database is not a {typeof(T).Name}.");
}
