namespace ChatOps.Secrets.Redaction;

/// <summary>Judges names such as <c>DB_PASSWORD</c>, <c>spring.mail.apiKey</c> or <c>aws_secret_access_key</c> by their last words.</summary>
/// <param name="Family">How much the name says.</param>
/// <param name="Kind">What the marker calls the value.</param>
internal readonly record struct KeyName(KeyFamily Family, string Kind)
{
    /// <summary>Longest name that is looked at.</summary>
    public const int MaxLength = 128;

    private const int MaxWords = 32;

    private static readonly HashSet<string> Passwords = Set("password passwd passphrase passcode pwd pass psk passwort kennwort dbpass dbpwd smtppass userpass mysqlpass rootpass adminpass requirepass masterauth");

    private static readonly HashSet<string> Keys = Set(
        "api secret access private auth encryption signing account shared master license subscription ingest ingestion integration service admin app application client deploy "
        + "webhook hmac jwt aes cipher storage session functions host consumer signature write crypto root unseal bot sas ssh tls ssl wg wireguard preshared private psk recovery sendgrid "
        + "stripe openai anthropic datadog cloudflare mailgun twilio github gitlab aws azure gcp google");

    private static readonly HashSet<string> GluedKeys = Set("apikey secretkey accesskey privatekey authkey encryptionkey signingkey accountkey masterkey sharedkey presharedkey sharedaccesskey appkey licensekey sessionkey clientkey deploykey servicekey secretaccesskey");

    private static readonly HashSet<string> Neutral = Set(
        "value base64 b64 hash digest raw plain plaintext text str string prod production staging stage dev development test testing qa live sandbox default old new primary secondary "
        + "current previous prev admin root env hex encoded const base");

    private static readonly HashSet<string> Harmless = Set(
        "file filename path dir url uri endpoint name id ids ref type kind length len size ttl expiry expires expiration expire exp timeout count limit min max age enabled disabled required "
        + "optional reset changed change policy policies algorithm alg format prefix suffix version header field param parameter label title hint prompt help description placeholder usage "
        + "used valid invalid set exists present provider source manager store storage class arn index status state authentication at on by in last rotation rotate encoding issuer audience "
        + "scope scopes server host port user username mode strategy rule rules pattern regex error errors message");

    private static readonly HashSet<string> NotBeforeToken = Set("page next continue continuation cancellation sync unexpected invalid expected max num total input output eos bos pad unk sep cls no has is bad stop");

    private static readonly HashSet<string> WeakWords = Set("session sessionid sid jsessionid phpsessid sessid credential credentials creds auth signature sig salt nonce webhook");

    /// <summary>Judges a name.</summary>
    /// <param name="name">The whole identifier.</param>
    public static KeyName From(ReadOnlySpan<char> name)
    {
        var words = Words(name);
        var last = words.Count - 1;
        while (last > 0 && (Neutral.Contains(words[last]) || words[last].All(char.IsAsciiDigit)))
            last--;
        if (last < 0)
            return default;

        var found = At(words, last);
        if (found.Family != KeyFamily.None || Harmless.Contains(words[last]))
            return found;

        // A secret word somewhere before an unknown one: only what looks random counts.
        for (var index = last - 1; index >= 0; index--)
        {
            if (At(words, index) is { Family: not KeyFamily.None } inner)
                return inner with { Family = KeyFamily.Weak };
        }

        return default;
    }

    private static KeyName At(List<string> words, int index)
    {
        var word = words[index];
        var before = index > 0 ? words[index - 1] : "";
        if (Passwords.Contains(word) || word.EndsWith("password", StringComparison.Ordinal) || word.EndsWith("passwd", StringComparison.Ordinal) || word.EndsWith("passphrase", StringComparison.Ordinal))
            return before is "no" or "has" or "is" ? default : new KeyName(KeyFamily.Password, "password");
        if (word.EndsWith("secret", StringComparison.Ordinal))
            return before is "no" or "has" or "is" ? default : new KeyName(KeyFamily.Token, "secret");
        if (word.EndsWith("token", StringComparison.Ordinal))
            return NotBeforeToken.Contains(before) ? default : new KeyName(KeyFamily.Token, "token");
        if (GluedKeys.Contains(word) || (word == "key" && Keys.Contains(before)))
            return new KeyName(KeyFamily.Token, before == "api" || word == "apikey" ? "api-key" : "key");
        return WeakWords.Contains(word) ? new KeyName(KeyFamily.Weak, word is "auth" or "signature" or "sig" ? "credential" : "session") : default;
    }

    private static List<string> Words(ReadOnlySpan<char> name)
    {
        var words = new List<string>();
        var start = 0;
        for (var index = 0; index <= name.Length; index++)
        {
            var ends = index == name.Length || !char.IsAsciiLetterOrDigit(name[index]);
            var camel = !ends && index > start && char.IsAsciiLetterUpper(name[index])
                && (char.IsAsciiLetterLower(name[index - 1]) || (index + 1 < name.Length && char.IsAsciiLetterLower(name[index + 1]) && char.IsAsciiLetterUpper(name[index - 1])));
            if (!ends && !camel)
                continue;

            if (index > start && words.Count < MaxWords)
                Add(words, name[start..index]);
            start = ends ? index + 1 : index;
        }

        return words;
    }

    private static void Add(List<string> words, ReadOnlySpan<char> word)
    {
        var letters = word.TrimEnd("0123456789");
        words.Add((letters.IsEmpty || word is "b64" or "base64" ? word : letters).ToString().ToLowerInvariant());
    }

    private static HashSet<string> Set(string words) => new(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
