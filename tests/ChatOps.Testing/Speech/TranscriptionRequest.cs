namespace ChatOps.Testing.Speech;

/// <summary>A request as the server saw it.</summary>
/// <param name="Fields">The text fields by name.</param>
/// <param name="FileName">Name of the file part.</param>
/// <param name="MediaType">Its content type.</param>
/// <param name="File">Its bytes.</param>
/// <param name="Key">The key, without its scheme.</param>
/// <param name="KeyHeader">The header that carried it.</param>
/// <param name="Headers">All header names.</param>
public sealed record TranscriptionRequest(
    IReadOnlyDictionary<string, string> Fields, string FileName, string MediaType, byte[] File, string? Key, string? KeyHeader, IReadOnlyList<string> Headers);
