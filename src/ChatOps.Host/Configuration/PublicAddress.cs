namespace ChatOps.Host;

/// <summary>The address that people use.</summary>
internal static class PublicAddress
{
    /// <summary>What is wrong with it, or null.</summary>
    public static string? Check(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0
            ? uri.Scheme == "https" || uri.IsLoopback ? null : "must begin with https://: people sign in through it."
            : $"'{value}' is not an address such as https://chatops.example.com.";
}
