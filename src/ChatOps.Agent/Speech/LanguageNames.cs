namespace ChatOps.Agent.Speech;

/// <summary>Languages as services name them: some say <c>en</c>, some <c>english</c>.</summary>
internal static class LanguageNames
{
    private static readonly Dictionary<string, string> Codes = (
        "afrikaans:af arabic:ar armenian:hy azerbaijani:az belarusian:be bosnian:bs bulgarian:bg catalan:ca chinese:zh croatian:hr czech:cs danish:da dutch:nl english:en estonian:et " +
        "finnish:fi french:fr galician:gl german:de greek:el hebrew:he hindi:hi hungarian:hu icelandic:is indonesian:id italian:it japanese:ja kannada:kn kazakh:kk korean:ko latvian:lv " +
        "lithuanian:lt macedonian:mk malay:ms marathi:mr maori:mi nepali:ne norwegian:no persian:fa polish:pl portuguese:pt romanian:ro russian:ru serbian:sr slovak:sk slovenian:sl " +
        "spanish:es swahili:sw swedish:sv tagalog:tl tamil:ta thai:th turkish:tr ukrainian:uk urdu:ur vietnamese:vi welsh:cy")
        .Split(' ').Select(p => p.Split(':')).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Names = Codes.ToDictionary(c => c.Value, c => char.ToUpperInvariant(c.Key[0]) + c.Key[1..], StringComparer.Ordinal);

    /// <summary>The code of a language that is named by its code (<c>en</c>, <c>en-US</c>) or its English name; null when it is not known.</summary>
    public static string? CodeOf(string? language)
    {
        if (string.IsNullOrWhiteSpace(language)) return null;
        var name = language.Trim();
        if (Codes.TryGetValue(name, out var code)) return code;
        var first = name.Split('-', '_')[0].ToLowerInvariant();
        return Names.ContainsKey(first) ? first : null;
    }

    /// <summary>The English name of a code.</summary>
    public static string NameOf(string code) => Names.GetValueOrDefault(code, code);
}
