"""Words for what keeps a person from their server: a refused sign-in, a proxy, a certificate."""

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from agent_app.domain.errors import CredentialsRefused, Distrust, NotTrusted, ProxyRefused

translate = QCoreApplication.translate


def distrust_words(error: NotTrusted, zone: tzinfo, locale: QLocale) -> str:
    """Return what is wrong with the server's certificate."""
    day = ""
    if error.moment is not None:
        local = error.moment.astimezone(zone).date()
        day = locale.toString(
            QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat
        )
    if error.fault is Distrust.EXPIRED and day:
        return translate(
            "Error",
            "The server's certificate expired on {date}, so nothing was sent. Ask your administrator; if that day is still to come, set this computer's clock.",
        ).format(date=day)
    if error.fault is Distrust.EXPIRED:
        return translate(
            "Error",
            "The server's certificate has expired, so nothing was sent. Ask your administrator.",
        )
    if error.fault is Distrust.NOT_YET:
        return translate(
            "Error",
            "The server's certificate is not valid yet, so nothing was sent. Is this computer's clock right?",
        )
    if error.fault is Distrust.OTHER_HOST and error.names:
        return translate(
            "Error",
            "The server's certificate is for {names}, not for {host}, so nothing was sent. Ask your administrator to check the server's address.",
        ).format(names=", ".join(error.names), host=error.host)
    if error.fault is Distrust.UNKNOWN_ISSUER and error.bundle:
        return translate(
            "Error",
            "The server's certificate is not vouched for by {file}, so nothing was sent. Ask your administrator.",
        ).format(file=error.bundle)
    return translate(
        "Error",
        "The server's certificate is not trusted by this computer, so nothing was sent. Ask your administrator.",
    )


def proxy_words(error: ProxyRefused) -> str:
    """Return what stands between the desk and the server."""
    if error.wants_sign_in:
        return translate(
            "Error",
            "The proxy {proxy} asks for a user name and password: your administrator gives them to the desk in its settings. What you save is kept.",
        ).format(proxy=error.proxy)
    return translate(
        "Error",
        "The proxy {proxy} does not let the desk through. Ask your administrator; what you save is kept.",
    ).format(proxy=error.proxy)


def refusal_words(error: CredentialsRefused) -> str:
    """Why the server does not sign somebody in, and who can help."""
    match error.code:
        case "access_denied":
            return translate("Error", "The sign-in was cancelled. Please try again.")
        case "invalid_grant":
            return translate(
                "Error",
                "Your sign-in has ended. Sign in again: what you saved is kept and leaves then.",
            )
        case "invalid_client" | "unauthorized_client":
            return translate(
                "Error",
                "The server does not accept the client ID or its secret. Ask your administrator to check both.",
            )
        case "invalid_scope":
            return translate(
                "Error",
                "The server does not give the desk the permissions that it asks for. Ask your administrator to check the scopes of the client.",
            )
        case "server_error" | "temporarily_unavailable":
            return translate(
                "Error", "The server cannot sign anybody in at the moment. Please try again later."
            )
    if error.code:
        return translate(
            "Error",
            "The server refuses the way in which the desk asks to sign in. Ask your administrator.",
        )
    return translate(
        "Error",
        "The server does not accept this sign-in. Sign in again, or ask your administrator to check the client ID and secret.",
    )
